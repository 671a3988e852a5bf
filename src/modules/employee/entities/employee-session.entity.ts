import { Column, Entity, PrimaryColumn } from 'typeorm';
import { HoldsNoCustomerData, NotPersonal } from '../../../kernel/personal-data';

@Entity('employee_session')
@HoldsNoCustomerData('employees of the chain who are logged in with a browser')
export class EmployeeSession {
  @NotPersonal('SHA-256 of the cookie value')
  @PrimaryColumn('bytea')
  tokenHash: Buffer;

  @NotPersonal('names an employee')
  @Column('uuid')
  employeeId: string;

  @NotPersonal()
  @Column('timestamptz')
  createdAt: Date;

  @NotPersonal()
  @Column('timestamptz')
  lastSeenAt: Date;

  @NotPersonal('when the password was last entered')
  @Column('timestamptz')
  confirmedAt: Date;
}
