import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

export const DEVICE_GROUPS = ['status', 'owner'] as const;
export type DeviceGroup = (typeof DEVICE_GROUPS)[number];

export class ReportDevicesRequest {
  @ApiProperty({ enum: DEVICE_GROUPS })
  @IsIn(DEVICE_GROUPS)
  readonly groupBy: DeviceGroup;
}
