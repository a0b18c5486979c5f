// gcj02.ts - places are WGS-84 everywhere but on other people's maps of mainland China, which are shifted
// by up to 700 m. The same formulas as src/base/geo.c, tested against the same table.
export interface Place {
  lon: number
  lat: number
}

// The published box, less Hong Kong and Macau, whose maps are not shifted.
const mainland = [72.004, 137.8347, 0.8293, 55.8271]
const others = [[113.84, 114.44, 22.15, 22.45], [113.549, 113.6, 22.1, 22.215]]
const inside = (p: Place, [west, east, south, north]: number[]): boolean => p.lon > west && p.lon < east && p.lat > south && p.lat < north

const { PI, sin, cos, sqrt, abs } = Math
const wave = (t: number, slow: number, k: number): number => (2 / 3) * (k * sin((t * PI) / 12) + 20 * sin(t * PI) + 40 * sin(t * slow))

function shiftM(x: number, y: number): Place {
  const common = ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3
  const lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + common
  const lon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + common
  return { lat: lat + wave(y, PI / 3, 160) + (640 / 3) * sin((y * PI) / 30), lon: lon + wave(x, PI / 3, 150) + 200 * sin((x * PI) / 30) }
}

export function toGcj02(p: Place): Place {
  if (!inside(p, mainland) || others.some((box) => inside(p, box))) return p
  const a = 6378245
  const ee = 0.00669342162296594323
  const rad = PI / 180
  const m = shiftM(p.lon - 105, p.lat - 35)
  const magic = 1 - ee * sin(p.lat * rad) ** 2
  return { lon: p.lon + m.lon / ((a / sqrt(magic)) * cos(p.lat * rad) * rad), lat: p.lat + m.lat / (((a * (1 - ee)) / (magic * sqrt(magic))) * rad) }
}
