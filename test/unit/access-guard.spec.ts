import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Role } from '../../src/kernel/role';
import type { AccessRefusal } from '../../src/platform/auth/access-refusals';
import { AccessGuard } from '../../src/platform/auth/access.guard';
import type { Identification, Identity } from '../../src/platform/auth/identification';
import { KnownCallers } from '../../src/platform/auth/known-callers';
import { AnyRole, Authorize, Public } from '../../src/platform/auth/authorize.decorator';

class Routes {
  @Public() open() {}
  @AnyRole() shared() {}
  @Authorize(Role.ADMINISTRATOR, Role.COMPLIANCE) guarded() {}
  forgotten() {}
}

type RouteName = 'open' | 'shared' | 'guarded' | 'forgotten';

describe('AccessGuard', () => {
  const refusals: AccessRefusal[] = [];
  const request = (role?: Role) => ({ method: 'GET', route: { path: '/api/v1/routes/:id' }, headers: {}, role });
  const identification = {
    identify: ({ role }: { role?: Role }): Promise<Identity | null> =>
      Promise.resolve(
        role === undefined ? null : { actor: { id: role, displayName: 'Erika Beispiel', role }, session: null },
      ),
  };
  const record = (refusal: AccessRefusal) => Promise.resolve(void refusals.push(refusal));
  const guard = new AccessGuard(
    new Reflector(),
    identification as unknown as Identification,
    { record },
    new KnownCallers(),
  );
  const call = (route: RouteName, role?: Role) =>
    guard.canActivate({
      getHandler: () => Reflect.getOwnPropertyDescriptor(Routes.prototype, route)!.value as () => void,
      switchToHttp: () => ({ getRequest: () => request(role) }),
    } as unknown as ExecutionContext);

  beforeEach(() => refusals.splice(0));

  it('allows everyone on a public route', async () => {
    expect(await call('open')).toBe(true);
  });

  it.each(['shared', 'guarded', 'forgotten'] as const)('requires a token on the route %s', async (route) => {
    await expect(call(route)).rejects.toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
    expect(refusals).toEqual([]);
  });

  it('allows the roles of the policy', async () => {
    for (const role of Object.values(Role)) expect(await call('shared', role)).toBe(true);
    for (const role of [Role.ADMINISTRATOR, Role.COMPLIANCE]) expect(await call('guarded', role)).toBe(true);
  });

  it('refuses and records every other role', async () => {
    await expect(call('guarded', Role.EMPLOYEE)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(refusals).toEqual([
      { actor: expect.objectContaining({ id: Role.EMPLOYEE }), method: 'GET', route: '/api/v1/routes/:id' },
    ]);
  });

  it('refuses everyone on a route without a policy', async () => {
    for (const role of Object.values(Role))
      await expect(call('forgotten', role)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(refusals).toHaveLength(3);
  });

  it('accepts only one policy per route', () => {
    expect(() => {
      class Twice {
        @Public() @Authorize(Role.EMPLOYEE) route() {}
      }
      return Twice;
    }).toThrow('two policies');
  });
});
