import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Calls the API over one connection that is kept open, as a browser does. */
export class HttpCaller {
  private constructor(
    private readonly port: number,
    private readonly agent: Agent,
    private readonly token: string,
  ) {}

  static async logIn(port: number, username: string, password: string): Promise<HttpCaller> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const answer = await new HttpCaller(port, agent, '').post('/auth/login', { username, password });
    return new HttpCaller(port, agent, (JSON.parse(answer) as { accessToken: string }).accessToken);
  }

  /** The body of a successful answer. */
  post(path: string, body: object): Promise<string> {
    const content = JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const call = request({
        port: this.port,
        path: `/api/v1${path}`,
        method: 'POST',
        agent: this.agent,
        headers: {
          Authorization: `Bearer ${this.token}`,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(content),
        },
      });
      call.on('error', reject);
      call.on('response', (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${path} answered ${answer.statusCode}`));
        text(answer).then(resolve, reject);
      });
      call.end(content);
    });
  }
}
