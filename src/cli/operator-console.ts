import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';

/** Milliseconds between two lines of progress when the output is not a terminal. */
const LINE_INTERVAL_MS = 5_000;

export type ConsoleInput = NodeJS.ReadableStream & Pick<Partial<ReadStream>, 'isTTY'>;
export type ConsoleOutput = NodeJS.WritableStream & Pick<Partial<WriteStream>, 'isTTY'>;

/** The operator pressed Ctrl-C. */
export class OperatorInterrupted extends Error {
  override readonly name = 'OperatorInterrupted';
}

/** Input and output of a command: interactive on a terminal, otherwise line by line. */
export class OperatorConsole {
  private lastProgress = -Infinity;
  private overwritable = false;

  constructor(
    private readonly input: ConsoleInput,
    private readonly output: ConsoleOutput,
  ) {}

  /** Whether the command can prompt an operator. */
  get isInteractive(): boolean {
    return this.input.isTTY === true;
  }

  line(text = ''): void {
    if (this.overwritable) this.output.write('\n');
    this.overwritable = false;
    this.output.write(`${text}\n`);
  }

  /** Shows progress: one line that is overwritten on a terminal, otherwise a line now and then. */
  progress(text: string): void {
    if (this.output.isTTY === true) {
      this.output.write(`\r\u001b[K${text}`);
      this.overwritable = true;
    } else if (performance.now() - this.lastProgress >= LINE_INTERVAL_MS) {
      this.lastProgress = performance.now();
      this.line(text);
    }
  }

  ask(question: string): Promise<string> {
    return this.answer(this.output, () => this.output.write(question));
  }

  /** Reads a line without echo. Without a terminal, it reads the first line of the input. */
  async askHidden(question: string): Promise<string> {
    const answer = await this.answer(silent(), () => this.isInteractive && this.output.write(question));
    if (this.isInteractive) this.output.write('\n');
    return answer;
  }

  /** Prompts only after the terminal has stopped echoing. */
  private answer(echo: NodeJS.WritableStream, question: () => void): Promise<string> {
    const lines = createInterface({ input: this.input, output: echo, terminal: this.isInteractive });
    return new Promise<string>((resolve, reject) => {
      lines.once('SIGINT', () => reject(new OperatorInterrupted()));
      lines.once('close', () => resolve('')); // end of input
      lines.once('line', resolve);
      question();
    }).finally(() => lines.close());
  }
}

const silent = () => new Writable({ write: (_chunk, _encoding, done) => done() });
