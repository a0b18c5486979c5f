// csv-out.ts - a table as a file that a spreadsheet opens: UTF-8 with its mark, and no cell that runs
// as a formula (OWASP, CSV injection).
export function csv(rows: string[][]): string {
  const cell = (s: string): string => `"${(/^[=+\-@\t\r]/.test(s) && !/^-?[\d.]+$/.test(s) ? `'${s}` : s).replace(/"/g, '""')}"`
  return rows.map((r) => r.map(cell).join(',')).join('\r\n') + '\r\n'
}

export function saveFile(text: string, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
