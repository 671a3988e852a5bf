export interface EmbeddedOptions {
  /**
   * The data folder. The cluster is in `<dataDir>/postgres`, or below `/var/lib/lethe` when the database's user cannot
   * enter the data folder.
   */
  readonly dataDir: string;
  /**
   * Additional server settings, such as `{ fsync: 'off' }` in tests. Settings that keep personal values out of the log
   * cannot be overridden.
   */
  readonly settings?: Readonly<Record<string, string>>;
  /** `serve`: the product, one process per data folder. `attach`: a tool, with or without a serving process. */
  readonly mode: 'serve' | 'attach';
  /** Folder with `initdb` and `postgres`, used instead of the npm package. */
  readonly binDir?: string;
  /** Called with short event names. */
  readonly onLog?: (event: string) => void;
}
