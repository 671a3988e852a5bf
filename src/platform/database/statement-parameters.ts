/** A value of a statement, with its database type. */
export interface Parameter {
  readonly type: string;
  readonly value: unknown;
}

export type ParametersByName = Readonly<Record<string, Parameter>>;

/**
 * The parameters of one statement by name. All names are known before the SQL is built, so that no part of the SQL
 * depends on a parameter's number or on the parameters of other parts. The SQL must use every parameter, because
 * PostgreSQL refuses unused ones.
 */
export class StatementParameters {
  private readonly byName = new Map<string, Parameter>();

  /** @throws Error when two sources use the same name */
  constructor(...sources: readonly ParametersByName[]) {
    for (const [name, parameter] of sources.flatMap((source) => Object.entries(source))) {
      if (this.byName.has(name)) throw new Error(`Two parameters are called ${name}`);
      this.byName.set(name, parameter);
    }
  }

  /** The placeholder with its type, such as `$1::uuid[]`. */
  placeholder(name: string): string {
    const position = this.names.indexOf(name);
    if (position === -1) throw new Error(`No parameter is called ${name}`);
    return `$${position + 1}::${this.byName.get(name)!.type}`;
  }

  /** in the order of the placeholders */
  get names(): string[] {
    return [...this.byName.keys()];
  }

  get values(): unknown[] {
    return [...this.byName.values()].map(({ value }) => value);
  }
}

/**
 * Caches the texts of statements that are sent for many batches. A text is built once and only the values differ. It
 * may depend only on its name and on the names of its parameters.
 */
export class StatementTexts {
  private readonly texts = new Map<string, string>();

  getOrBuild(name: string, parameters: StatementParameters, build: () => string): string {
    const key = [name, ...parameters.names].join('\n');
    const known = this.texts.get(key);
    if (known !== undefined) return known;
    const text = build();
    this.texts.set(key, text);
    return text;
  }
}

/** SQL with the parameters that it was built with. */
export interface Statement {
  readonly sql: string;
  readonly parameters: StatementParameters;
}
