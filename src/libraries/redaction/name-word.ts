import { keyOf } from './spelling';

export type NameKind = 'FIRST_NAME' | 'LAST_NAME';

/** One word of a first or last name. */
export class NameWord {
  readonly key: string;

  /**
   * @param identifying counts as a part of a full name; particles (`von`) and initials do not
   * @param alone is replaced even without the rest of the name
   */
  constructor(
    readonly spelling: string,
    readonly kind: NameKind,
    readonly identifying: boolean,
    readonly alone: boolean,
  ) {
    this.key = keyOf(spelling);
  }
}
