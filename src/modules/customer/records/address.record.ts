import { OmitType } from '@nestjs/swagger';
import { defineRecord } from '../../records';
import { Address } from '../entities/address.entity';
import { SearchIndex } from '../search-index';

export class AddAddressRequest extends OmitType(Address, ['id', 'customerId'] as const) {}

export const addresses = defineRecord({
  name: 'Address',
  path: 'addresses',
  entity: Address,
  request: AddAddressRequest,
  rules: SearchIndex,
});
