import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { HoldsNoCustomerData, NamedInCopies, NamesOthers, NotPersonal } from '../../../kernel/personal-data';

@Entity('cost_bearer')
@HoldsNoCustomerData('health insurers and other payers; cost_bearer_membership holds their members')
@NamedInCopies('cost_bearer_id', { costBearerIk: 'ik' })
export class CostBearer {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal('names an insurer')
  @Column('text')
  ik: string;

  @NamesOthers()
  @NotPersonal('names an insurer')
  @Column('text')
  name: string;
}
