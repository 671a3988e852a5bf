import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { HoldsNoCustomerData, NamedInCopies, NamesOthers, NotPersonal } from '../../../kernel/personal-data';

@Entity('cost_bearer')
@HoldsNoCustomerData('health insurers and other payers; cost_bearer_membership holds their members')
@NamedInCopies('cost_bearer_id', { costBearerIk: 'ik' })
export class CostBearer {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal('identifies a cost bearer')
  @Column('text')
  ik: string;

  @NamesOthers()
  @NotPersonal('identifies a cost bearer')
  @Column('text')
  name: string;
}
