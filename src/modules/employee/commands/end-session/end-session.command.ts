import { Command } from '@nestjs/cqrs';

export class EndSession extends Command<void> {
  constructor(readonly token: string) {
    super();
  }
}
