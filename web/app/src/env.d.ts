declare module 'virtual:texts/*' {
  const all: Record<string, string>
  export default all
}
declare module 'leaflet/dist/leaflet-src.esm.js' {
  export * from 'leaflet'
}
