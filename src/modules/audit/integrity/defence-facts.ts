/** A catalogue fact that makes the log append-only, or that could undo it. */
export interface DefenceFact {
  /** the object of the fact, such as `trigger audit.entry refuse_update` */
  readonly object: string;
  /** the definition in the catalogue */
  readonly fact: string;
}
