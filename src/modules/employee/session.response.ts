import { ApiProperty } from '@nestjs/swagger';
import { Role } from '../../kernel/role';
import type { Actor } from '../../platform/auth/actor';
import type { AccessToken } from '../../platform/auth/access-token';

export class SessionEmployeeResponse {
  @ApiProperty({ format: 'uuid' }) readonly id: string;
  @ApiProperty() readonly displayName: string;
  @ApiProperty({ enum: Role, enumName: 'Role' }) readonly role: Role;
}

export class SessionResponse {
  @ApiProperty({ description: 'to be sent as `Authorization: Bearer …`' }) readonly accessToken: string;
  @ApiProperty({ type: 'integer', description: 'seconds' }) readonly expiresIn: number;
  @ApiProperty({ type: SessionEmployeeResponse }) readonly employee: SessionEmployeeResponse;

  static of({ token, expiresIn }: AccessToken, { id, displayName, role }: Actor): SessionResponse {
    return { accessToken: token, expiresIn, employee: { id, displayName, role } };
  }
}
