/** Downloads bytes as a file, where a plain link cannot request them. */
export function saveFile(bytes: Blob, name: string): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(bytes), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}
