/**
 * Splits one direction of a PostgreSQL connection into whole messages
 * (https://www.postgresql.org/docs/current/protocol-message-formats.html).
 */
export class MessageSplitter {
  private rest: Buffer = Buffer.alloc(0);

  /** @param begins whether the stream begins with a start-up message, the only one without a type byte */
  constructor(private begins: boolean) {}

  push(chunk: Buffer): Buffer[] {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const messages: Buffer[] = [];
    for (;;) {
      const type = this.begins ? 0 : 1;
      if (this.rest.length < type + 4) return messages;
      const length = type + this.rest.readUInt32BE(type);
      if (this.rest.length < length) return messages;
      messages.push(this.rest.subarray(0, length));
      this.rest = this.rest.subarray(length);
      this.begins = false;
    }
  }
}
