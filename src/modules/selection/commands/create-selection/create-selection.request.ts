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

const MAX_LISTED_CUSTOMERS = 10_000;
const MAX_TEXT_CHARACTERS = 200;
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

  @ApiPropertyOptional({ maxLength: MAX_TEXT_CHARACTERS })
  @IfGiven()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEXT_CHARACTERS)
  readonly branchCode?: string;

  @ApiPropertyOptional({ maxLength: MAX_TEXT_CHARACTERS, description: 'of the residential address' })
  @IfGiven()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEXT_CHARACTERS)
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
    maxItems: MAX_LISTED_CUSTOMERS,
    description: 'one of these; unknown values match no customer',
  })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LISTED_CUSTOMERS)
  @Matches(NOT_BLANK, { each: true })
  @MaxLength(MAX_TEXT_CHARACTERS, { each: true })
  readonly customerNumbers?: string[];
}

/** Takes `customerIds` or `criteria`. With neither, the selection is empty. */
export class CreateSelectionRequest {
  @NameText() readonly name: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: MAX_LISTED_CUSTOMERS })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MAX_LISTED_CUSTOMERS)
  @IsUUID('all', { each: true })
  readonly customerIds?: string[];

  @ApiPropertyOptional({ type: SelectionCriteriaRequest })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => SelectionCriteriaRequest)
  readonly criteria?: SelectionCriteriaRequest;
}
