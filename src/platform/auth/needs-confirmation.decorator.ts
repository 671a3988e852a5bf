import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { apiProblem } from '../http/problem-document';

/** Metadata key on a handler: a browser's session requires that the password was entered within the last minutes. */
export const CONFIRMED = 'lethe:confirmed';

/**
 * For irreversible actions, which must not be possible at an unlocked screen. Tokens are exempt: they belong to
 * programs, which cannot be prompted.
 */
export const NeedsConfirmation = () =>
  applyDecorators(
    SetMetadata(CONFIRMED, true),
    ApiResponse(apiProblem(403, 'REAUTHENTICATION_REQUIRED: POST /auth/session/confirmation comes first; FORBIDDEN')),
  );
