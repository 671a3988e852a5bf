import { ADDRESS_TYPES, type AddressType } from '../entities/address.entity';
import { AddressRules } from './address-rules';
import { defineRecord, OneOfColumn, TextColumn } from '../../records';

export class AddAddressRequest {
  @OneOfColumn(ADDRESS_TYPES) readonly type: AddressType;
  @TextColumn() readonly street?: string | null;
  @TextColumn() readonly postalCode?: string | null;
  @TextColumn() readonly city?: string | null;
  @TextColumn() readonly country?: string | null;
  @TextColumn() readonly addressee?: string | null;
  @TextColumn() readonly phone?: string | null;
}

export const addresses = defineRecord({
  name: 'Address',
  path: 'addresses',
  table: 'address',
  request: AddAddressRequest,
  unique: { address_one_residential: 'type' },
  rules: AddressRules,
});
