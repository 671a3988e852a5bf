export interface EmbeddedOptions {
  /**
   * The data folder; the cluster lies in `<dataDir>/postgres`, or below `/var/lib/lethe` where the database's user
   * cannot enter it.
   */
  readonly dataDir: string;
  /**
   * Further settings of the server, e.g. `{ fsync: 'off' }` in tests. Those that keep personal values out of the log
   * cannot be changed.
   */
  readonly settings?: Readonly<Record<string, string>>;
  /** `serve`: the product, one per data folder. `attach`: a tool, beside the product or alone. */
  readonly mode: 'serve' | 'attach';
  /** Folder with `initdb` and `postgres`, instead of the npm package. */
  readonly binDir?: string;
  /** Receives short event names. */
  readonly onLog?: (event: string) => void;
}
