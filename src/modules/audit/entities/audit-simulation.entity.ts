import { Entity, PrimaryColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';

/** One row if the database was first migrated for a simulation, whose dates may differ from those of the server. */
@Entity({ schema: 'audit', name: 'simulation' })
@HoldsNoCustomerData('an instant')
export class AuditSimulation {
  @NotPersonal()
  @PrimaryColumn('timestamptz')
  since: Date;
}
