import { canonicalize } from 'json-canonicalize';

/** Where a member's value differs from entry to entry. No text that gets into an entry holds NUL. */
const MARK = '\u0000';

/** Stands for a member that {@link cutTemplate} leaves open. */
export const open = (name: string): string => MARK + name;

export interface CanonicalTemplate {
  /** one more than there are open members; with a JSON text between each two of them they are the canonical JSON of an entry */
  readonly pieces: readonly string[];
  /** the open members in the order in which they stand */
  readonly members: readonly string[];
}

/** The canonical JSON (RFC 8785) of many entries that differ in a few members only, cut where they differ. */
export function cutTemplate(content: object): CanonicalTemplate {
  const [first, ...others] = canonicalize(content).split(`"${JSON.stringify(MARK).slice(1, -1)}`);
  const cuts = others.map((part) => ({
    member: part.slice(0, part.indexOf('"')),
    piece: part.slice(part.indexOf('"') + 1),
  }));
  return { pieces: [first!, ...cuts.map(({ piece }) => piece)], members: cuts.map(({ member }) => member) };
}
