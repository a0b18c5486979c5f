// shrink.ts - a photo made small on the phone: upright, at most SIDE pixels a side, and without where it was taken.
const SIDE = 1280
const QUALITY = 0.8

function load(url: string): Promise<HTMLImageElement> {
  return new Promise((good, bad) => {
    const img = new Image()
    img.onload = () => good(img)
    img.onerror = () => bad(new Error('no picture'))
    img.src = url
  })
}

// Null when the file is no picture that this browser can read.
export async function shrink(file: Blob): Promise<Blob | null> {
  const url = URL.createObjectURL(file)
  try {
    const img = await load(url)
    const k = Math.min(1, SIDE / Math.max(img.naturalWidth, img.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(img.naturalWidth * k))
    canvas.height = Math.max(1, Math.round(img.naturalHeight * k))
    canvas.getContext('2d')!.drawImage(img, 0, 0, canvas.width, canvas.height)
    return await new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(url)
  }
}
