/** Hands bytes over as a file to keep, where a plain link cannot ask for them. */
export function saveFile(bytes: Blob, name: string): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(bytes), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}
