import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { apiProblem } from '../http/problem-document';

/** Metadata key on a handler: in a browser session, the password must have been entered within the last minutes. */
export const CONFIRMED = 'lethe:confirmed';

/**
 * For irreversible actions, which must not be possible at an unlocked screen. Does not apply to tokens, because
 * programs cannot be prompted.
 */
export const NeedsConfirmation = () =>
  applyDecorators(
    SetMetadata(CONFIRMED, true),
    ApiResponse(apiProblem(403, 'REAUTHENTICATION_REQUIRED: POST /auth/session/confirmation comes first; FORBIDDEN')),
  );
