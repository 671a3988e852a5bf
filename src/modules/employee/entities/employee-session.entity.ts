import { Column, Entity, PrimaryColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';

@Entity('employee_session')
@HoldsNoCustomerData('staff of the chain who are logged in with a browser')
export class EmployeeSession {
  @NotPersonal('SHA-256 of what the cookie holds')
  @PrimaryColumn('bytea')
  tokenHash: Buffer;

  @NotPersonal('names a member of staff')
  @Column('uuid')
  employeeId: string;

  @NotPersonal()
  @Column('timestamptz')
  createdAt: Date;

  @NotPersonal()
  @Column('timestamptz')
  lastSeenAt: Date;

  @NotPersonal('when the password was given last')
  @Column('timestamptz')
  confirmedAt: Date;
}
