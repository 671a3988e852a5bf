import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsNotEmptyObject,
  IsString,
  IsUUID,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../../../../platform/http/if-given.decorator';
import { IsCalendarDate } from '../../../../platform/http/is-calendar-date.decorator';
import { NameText } from '../../../../platform/http/text-field.decorator';
import { CUSTOMER_STATUSES, type CustomerStatus } from '../../../customer';
import type { SelectionCriteria } from '../../selection-criteria';

const MOST_LISTED = 10_000;
