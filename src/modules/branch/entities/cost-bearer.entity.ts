import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { HoldsNoCustomerData, NamedInCopies, NamesOthers, NotPersonal } from '../../../kernel/personal-data';
import { NameColumn } from '../../records';

@Entity('cost_bearer')
@HoldsNoCustomerData('health insurers and other payers; cost_bearer_membership holds their members')
@NamedInCopies('cost_bearer_id', { costBearerIk: 'ik' })
export class CostBearer {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NameColumn(NotPersonal('identifies a cost bearer'), { isKey: true }) ik: string;
  @NamesOthers() @NameColumn(NotPersonal('identifies a cost bearer')) name: string;
}
