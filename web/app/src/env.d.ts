declare module 'virtual:texts/zh-CN' {
  const all: Record<string, string>
  export default all
}
declare module 'virtual:texts/en' {
  const all: Record<string, string>
  export default all
}
declare module 'leaflet/dist/leaflet-src.esm.js' {
  export * from 'leaflet'
}
