import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { type Reason, REASONS, REFERENCE } from '../../../anonymization';

/** Reason and reference of an anonymization, for one customer or for a run. */
export class JustificationRequest {
  @ApiProperty({ enum: REASONS })
  @IsIn(REASONS)
  readonly reason: Reason;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    pattern: REFERENCE.source,
    description: 'a ticket number; never free text',
  })
  @IsOptional()
  @Matches(REFERENCE)
  readonly reference?: string | null;
}

export class AnonymizeCustomerRequest extends JustificationRequest {
  @ApiProperty({ description: 'the customer number' })
  @IsString()
  @MaxLength(200)
  readonly confirmation: string;
}
