/** A minimal PDF that viewers can open: one page of uncompressed text. */
export function pdfPage(lines: readonly string[]): Buffer {
  const shown = lines.map((line) => `(${line.normalize('NFC').replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  const text = `BT /F1 11 Tf 60 780 Td 16 TL\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${offset}`.padStart(10, '0');
  });
  const entries = ['0000000000 65535 f ', ...offsets.map((offset) => `${offset} 00000 n `)].join('\n');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  // latin1: WinAnsi text with one byte per character, so that the offsets are correct
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n${entries}\n${trailer}`, 'latin1');
}
