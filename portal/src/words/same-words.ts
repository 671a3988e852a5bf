/** Texts by key; nested. */
export interface Words {
  readonly [key: string]: string | Words;
}

/** The keys of the German texts, which every other language has; the compiler checks it. */
export type SameWords<German> = {
  readonly [Key in keyof German]: German[Key] extends string ? string : SameWords<German[Key]>;
};
