import { ApiProperty } from '@nestjs/swagger';
import type { BrowserSession } from '../../../platform/auth/browser-sessions';
import { SessionEmployeeResponse } from '../session.response';

export class BrowserSessionResponse {
  @ApiProperty({ type: SessionEmployeeResponse }) readonly employee: SessionEmployeeResponse;
  @ApiProperty({ description: 'to be sent as `X-CSRF-Token` with every request that changes something' })
  readonly csrfToken: string;
  @ApiProperty({ format: 'date-time', description: 'the session ends then without another request' })
  readonly idleUntil: string;
  @ApiProperty({ format: 'date-time', description: 'the session ends then in any case' })
  readonly until: string;

  static of({ actor: { id, displayName, role }, csrfToken, idleUntil, until }: BrowserSession): BrowserSessionResponse {
    return {
      employee: { id, displayName, role },
      csrfToken,
      idleUntil: idleUntil.toISOString(),
      until: until.toISOString(),
    };
  }
}
