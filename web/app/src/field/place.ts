// place.ts - where this phone is, WGS-84; null when it does not know, may not say or takes too long.
export interface Place {
  lon: number
  lat: number
  errorM: number
}

export function where(): Promise<Place | null> {
  return new Promise((done) => {
    if (!navigator.geolocation) return done(null)
    navigator.geolocation.getCurrentPosition(
      (p) => done({ lon: p.coords.longitude, lat: p.coords.latitude, errorM: Math.round(p.coords.accuracy) }),
      () => done(null),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 }
    )
  })
}
