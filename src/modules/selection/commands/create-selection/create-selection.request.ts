import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../../platform/http/if-given.decorator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';
import { NameText } from '../../../../platform/http/text-field.decorator';
import { CUSTOMER_STATUSES, type CustomerStatus } from '../../../customer';
import type { SelectionCriteria } from '../../selection-criteria';

const MOST_LISTED = 10_000;
const LONGEST_TEXT = 200;
const NOT_BLANK = /\S/;

/** All given criteria must hold. Without criteria, every customer is selected. */
export class SelectionCriteriaRequest implements SelectionCriteria {
  @ApiPropertyOptional({ enum: CUSTOMER_STATUSES, isArray: true, description: 'one of them' })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(CUSTOMER_STATUSES.length)
  @IsIn(CUSTOMER_STATUSES, { each: true })
  readonly status?: CustomerStatus[];

  @ApiPropertyOptional({ maxLength: LONGEST_TEXT })
  @IfGiven()
  @Matches(NOT_BLANK)
  @MaxLength(LONGEST_TEXT)
  readonly branchCode?: string;

  @ApiPropertyOptional({ maxLength: LONGEST_TEXT, description: 'of the residential address' })
  @IfGiven()
  @Matches(NOT_BLANK)
  @MaxLength(LONGEST_TEXT)
  readonly postalCodePrefix?: string;

  @ApiPropertyOptional({
    format: 'date',
    description: 'strictly before; customers without a birth date are not selected',
  })
  @IfGiven()
  @IsCalendarDate()
  readonly bornBefore?: string;

  @ApiPropertyOptional({
    format: 'date',
    description: 'created before the date, and no issued invoice or credit note on or after it',
  })
  @IfGiven()
  @IsCalendarDate()
  readonly noInvoiceSince?: string;

  @ApiPropertyOptional({
    format: 'date',
    description:
      'created before the date, and nothing recorded for the customer on or after it; neither is a record dated on ' +
      'or after it: consent, membership, ' +
      'legal hold, issued invoice or credit note, payment, quote, receipt, signed service contract, care case, ' +
      'device loan, card, enrollment, loyalty ' +
      'transaction, archive document',
  })
  @IfGiven()
  @IsCalendarDate()
  readonly noContactSince?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_LISTED,
    description: 'one of these; unknown values match no customer',
  })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LISTED)
  @Matches(NOT_BLANK, { each: true })
  @MaxLength(LONGEST_TEXT, { each: true })
  readonly customerNumbers?: string[];
}

/** Takes `customerIds` or `criteria`. With neither, the selection is empty. */
export class CreateSelectionRequest {
  @NameText() readonly name: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: MOST_LISTED })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MOST_LISTED)
  @IsUUID('all', { each: true })
  readonly customerIds?: string[];

  @ApiPropertyOptional({ type: SelectionCriteriaRequest })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => SelectionCriteriaRequest)
  readonly criteria?: SelectionCriteriaRequest;
}
