import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly etag: string | undefined;
}

/** Calls the API over one keep-alive connection, as a browser does. */
export class HttpCaller {
  private constructor(
    private readonly port: number,
    private readonly agent: Agent,
    readonly token: string,
  ) {}

  static async logIn(port: number, username: string, password: string): Promise<HttpCaller> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const answer = await new HttpCaller(port, agent, '').post('/auth/login', { username, password });
    return new HttpCaller(port, agent, (JSON.parse(answer) as { accessToken: string }).accessToken);
  }

  /** Returns the body of a successful response. */
  async post(path: string, body: object): Promise<string> {
    const answer = await this.call('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}`);
    return answer.body;
  }

  call(method: string, path: string, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const content = body === undefined ? '' : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const call = request({
        port: this.port,
        path: `/api/v1${path}`,
        method,
        agent: this.agent,
        headers: {
          Authorization: `Bearer ${this.token}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          'Content-Length': Buffer.byteLength(content),
          ...headers,
        },
      });
      call.on('error', reject);
      call.on('response', (answer) => {
        const { statusCode, headers: answered } = answer;
        text(answer).then((body) => resolve({ status: statusCode!, body, etag: answered.etag }), reject);
      });
      call.end(content);
    });
  }
}
