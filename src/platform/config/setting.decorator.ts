/** An environment variable and the property that holds its value. */
export interface DeclaredSetting {
  readonly property: string;
  /** such as `LETHE_WORKERS` */
  readonly variable: string;
  /** one line of Markdown */
  readonly description: string;
  /** Behaviour when the variable is unset and the property has no default, as one line of Markdown. */
  readonly whenUnset: string | null;
}

const SETTINGS = new Map<object, DeclaredSetting[]>();

/** Reads the property from an environment variable and documents it in docs/reference/settings.md. */
export const Setting =
  (variable: string, description: string, whenUnset: string | null = null) =>
  (prototype: object, property: string): void => {
    const declared = SETTINGS.get(prototype) ?? [];
    SETTINGS.set(prototype, [...declared, { property, variable, description, whenUnset }]);
  };

/** The settings of a class, in the order of their declaration. */
export const settingsOf = (type: { readonly prototype: object }): readonly DeclaredSetting[] =>
  SETTINGS.get(type.prototype) ?? [];
