import { PickType } from '@nestjs/swagger';
import { LogInRequest } from '../log-in/log-in.request';

export class ConfirmSessionRequest extends PickType(LogInRequest, ['password']) {}
