import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { GuidedCopy } from './guided-copy';
import { createTestDatabase, type TestDatabase } from './test-database';

const PASSWORD = 'correct horse battery';

interface Edit {
  readonly path: string;
  readonly below: string;
  readonly line: string;
}

/** What a guide, or a part of one, tells the reader to do. */
export interface Guide {
  /** whole files */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** lines to be added below others */
  readonly edits: readonly Edit[];
  /** imports that the edits need */
  readonly imports: readonly { readonly path: string; readonly line: string }[];
}

export const readGuide = (markdown: string): Guide => ({
  files: [...markdown.matchAll(/^`(\S+)`\n\n```ts\n(.*?)^```$/gms)].map(([, path, content]) => ({
    path: path!,
    content: content!,
  })),
  edits: [...markdown.matchAll(/^- `(\S+)`: below `(.+?)` add `(.+?)`$/gm)].map(([, path, below, line]) => ({
    path: path!,
    below: below!,
    line: line!,
  })),
  imports: [...markdown.matchAll(/^- `(\S+)`: `(import .+?)`$/gm)].map(([, path, line]) => ({
    path: path!,
    line: line!,
  })),
});

/** A served copy of the product, changed as a guide says, with an administrator signed in. */
export class GuidedProduct {
  readonly copy: GuidedCopy;
  agent!: ReturnType<typeof request.agent>;
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'lethe-guide-'));

  private constructor(
    readonly database: TestDatabase,
    more: readonly string[],
  ) {
    this.copy = new GuidedCopy(...more);
  }

  /** @param more files and folders of the copy besides the sources */
  static async serve(guide: Guide, ...more: readonly string[]): Promise<GuidedProduct> {
    const product = new GuidedProduct(await createTestDatabase(), more);
    try {
      await product.start(guide);
      return product;
    } catch (error) {
      await product.dispose();
      throw error;
    }
  }

  apply({ path, below, line }: Edit): void {
    this.copy.edit(path, (content) => {
      if (!content.includes(below)) throw new Error(`${path} has no line ${below}`);
      return content.replace(below, `${below}\n${line}`);
    });
  }

  async dispose(): Promise<void> {
    await this.copy.dispose();
    await this.database.drop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async start({ files, edits, imports }: Guide): Promise<void> {
    for (const { path, content } of files) this.copy.write(path, content);
    for (const edit of edits) this.apply(edit);
    for (const { path, line } of imports) this.copy.edit(path, (content) => `${line}\n${content}`);
    chmodSync(this.dataDir, 0o711);
    const address = await this.copy.serve(this.database.superuser, {
      LETHE_DATA_DIR: this.dataDir,
      LETHE_BOOTSTRAP_PASSWORD: PASSWORD,
      LETHE_LOG_LEVEL: 'error',
    });
    this.agent = request.agent(address);
    const credentials = { username: 'admin', password: PASSWORD };
    const { body } = await this.agent.post('/api/v1/auth/login').send(credentials).expect(200);
    this.agent.set('Authorization', `Bearer ${body.accessToken}`);
  }
}
