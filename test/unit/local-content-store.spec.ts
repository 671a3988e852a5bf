import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { LocalContentStore } from '../../src/modules/archive/storage/local-content-store';
import { until } from '../support/until';

const ID = '0190a1b2-c3d4-7e5f-8a6b-0123456789ab';
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function idsOf(store: LocalContentStore): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of store.list()) ids.push(id);
  return ids.sort();
}

describe('LocalContentStore', () => {
  let parent: string;
  let dir: string;
  let store: LocalContentStore;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'contents-'));
    dir = join(parent, 'contents');
    store = await LocalContentStore.open(dir);
  });

  afterEach(() => rm(parent, { recursive: true }));

  const get = async (id: string) => buffer(await store.open(id));

  it.each([0, 1, 65_536, 5_000_000])('returns %i bytes', async (size) => {
    const content = randomBytes(size);

    expect(await store.put(ID, Readable.from([content], { objectMode: false }))).toEqual({ size });
    expect((await get(ID)).equals(content)).toBe(true);
  });

  it('shards by the end of the id, with files 0600 in folders 0700', async () => {
    await store.put(ID, Readable.from([Buffer.from('x')]));

    expect(await modeOf(join(dir, 'ab', '89', ID))).toBe('600');
    for (const folder of ['', 'ab', 'ab/89', 'incoming']) expect(await modeOf(join(dir, folder))).toBe('700');
  });

  it('leaves no file after a failed upload', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield randomBytes(200_000);
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('connection reset');
    }

    await expect(store.put(ID, Readable.from(failing()))).rejects.toThrow('connection reset');
    expect(await filesBelow(dir)).toEqual([]);
  });

  it('leaves no file after an upload that is interrupted without an error', async () => {
    const upload = new Readable({ read: () => undefined });
    upload.push(randomBytes(200_000));
    const refused = expect(store.put(ID, upload)).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    await until('it is being written', async () => (await filesBelow(dir)).length === 1);
    upload.destroy();

    await refused;
    expect(await filesBelow(dir)).toEqual([]);
  });

  it('survives a stream that fails before the file is open', async () => {
    const upload = new Readable({ read: () => undefined });
    const put = store.put(ID, upload);
    upload.destroy(new Error('connection reset'));

    await expect(put).rejects.toThrow('connection reset');
    expect(await filesBelow(dir)).toEqual([]);
  });

  it('refuses a stream that has already ended', async () => {
    const upload = Readable.from([Buffer.from('x')]);
    upload.destroy();

    await expect(store.put(ID, upload)).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(await filesBelow(dir)).toEqual([]);
  });

  it('keeps the old content when its replacement is interrupted', async () => {
    await store.put(ID, Readable.from([Buffer.from('old')]));
    const upload = new Readable({ read: () => undefined });
    upload.push('ne');
    const refused = expect(store.put(ID, upload)).rejects.toThrow('connection reset');
    await until('it is being written', async () => (await filesBelow(dir)).length === 2);
    upload.destroy(new Error('connection reset'));

    await refused;
    expect(await get(ID)).toEqual(Buffer.from('old'));
    await store.put(ID, Readable.from([Buffer.from('new')]));
    expect(await get(ID)).toEqual(Buffer.from('new'));
  });

  it('removes repeatedly, and reports missing contents', async () => {
    await store.put(ID, Readable.from([Buffer.from('x')]));
    await store.remove(ID);
    await store.remove(ID);
    await store.remove(randomUUID());

    await expect(store.open(ID)).rejects.toMatchObject({
      code: 'DOCUMENT_CONTENT_MISSING',
      extensions: { contentId: ID },
    });
    expect(await filesBelow(dir)).toEqual([]);
  });

  it('reports that it cannot remove a content', async () => {
    await mkdir(join(dir, ID.slice(-2), ID.slice(-4, -2), ID), { recursive: true }); // a folder is no content
    await expect(store.remove(ID)).rejects.toThrow();
  });

  it('lists every id once, and no unfinished upload', async () => {
    expect(await idsOf(store)).toEqual([]);
    const ids = Array.from({ length: 40 }, () => randomUUID()).sort();
    await Promise.all(ids.map((id) => store.put(id, Readable.from([Buffer.from(id)]))));
    await writeFile(join(dir, 'incoming', randomUUID()), 'half an upload');

    expect(await idsOf(store)).toEqual(ids);
  });

  it('removes uploads abandoned more than a day ago when it opens', async () => {
    const old = join(dir, 'incoming', 'old');
    await writeFile(old, 'half an upload');
    await utimes(old, new Date(), new Date(Date.now() - 25 * 60 * 60 * 1000));
    await writeFile(join(dir, 'incoming', 'young'), 'half an upload');

    await LocalContentStore.open(dir);
    expect(await readdir(join(dir, 'incoming'))).toEqual(['young']);
  });

  it.each([
    '',
    '../../etc/passwd',
    '/etc/passwd',
    `${ID}\n`,
    `${ID}/..`,
    ID.toUpperCase(),
    ID.slice(1),
    '../../../../../../../../../../../aaaa',
  ])('refuses the id %j', async (id) => {
    const refused = { code: 'CONTENT_ID_INVALID' };
    await writeFile(join(parent, 'bystander'), 'untouched');

    await expect(store.put(id, Readable.from([]))).rejects.toMatchObject(refused);
    await expect(store.open(id)).rejects.toMatchObject(refused);
    await expect(store.remove(id)).rejects.toMatchObject(refused);
    expect(await readFile(join(parent, 'bystander'), 'utf8')).toBe('untouched');
  });
});
