import type { Schemas } from '../../api/client';

export type ArchivedDocument = Schemas['DocumentResponse'];

export type PreviewKind = 'pdf' | 'image' | 'text';

interface Preview {
  readonly kind: PreviewKind;
  readonly mostBytes: number;
}

const MB = 1_000_000;
const IMAGE: Preview = { kind: 'image', mostBytes: 30 * MB };

/**
 * The media types with a preview; other files are downloaded. Unlike HTML and SVG, none of them can run scripts in the
 * page.
 */
const PREVIEWS: ReadonlyMap<string, Preview> = new Map<string, Preview>([
  ['application/pdf', { kind: 'pdf', mostBytes: 30 * MB }],
  ['image/jpeg', IMAGE],
  ['image/png', IMAGE],
  ['image/gif', IMAGE],
  ['image/webp', IMAGE],
  ['text/plain', { kind: 'text', mostBytes: MB }],
]);

/** The kind of preview of a document; null if it has none. */
export function previewOf({ mediaType, size }: ArchivedDocument): PreviewKind | null {
  const preview = PREVIEWS.get(mediaType ?? '');
  return preview === undefined || size === null || size > preview.mostBytes ? null : preview.kind;
}

/** The URL of a document's content. A plain link to it streams a file of any size to disk. */
export const contentAddress = (id: string): string => `/api/v1/documents/${id}/content`;
