import { canonicalize } from 'json-canonicalize';

/** Marks a member whose value differs between entries. No text of an entry contains NUL. */
const MARK = '\u0000';

/** Placeholder for the value of a member that {@link cutTemplate} leaves open. */
export const open = (name: string): string => MARK + name;

export interface CanonicalTemplate {
  /**
   * one piece more than open members; with a JSON text between each two pieces they are the canonical JSON of an entry
   */
  readonly pieces: readonly string[];
  /** the open members in the order of the canonical JSON */
  readonly members: readonly string[];
}

/** Splits the canonical JSON (RFC 8785) of entries at the members that differ between them. */
export function cutTemplate(content: object): CanonicalTemplate {
  const [first, ...others] = canonicalize(content).split(`"${JSON.stringify(MARK).slice(1, -1)}`);
  const cuts = others.map((part) => ({
    member: part.slice(0, part.indexOf('"')),
    piece: part.slice(part.indexOf('"') + 1),
  }));
  return { pieces: [first!, ...cuts.map(({ piece }) => piece)], members: cuts.map(({ member }) => member) };
}
