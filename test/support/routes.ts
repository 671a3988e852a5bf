import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { TestApp } from './test-app';

export interface DeclaredRoute {
  readonly method: string;
  /** below the prefix of the API, such as `/customers/:id/merge` */
  readonly path: string;
  /** what the route's decorators have marked */
  readonly handler: object;
}

/** The routes as their controllers declare them. */
export function routesOf(app: TestApp): DeclaredRoute[] {
  const controllers = [...app.nest.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    const methods = (metatype as Type).prototype as Readonly<Record<string, object>>;
    const handlers = new MetadataScanner() // inherited methods, too
      .getAllMethodNames(methods)
      .map((name) => methods[name]!)
      .filter((method) => Reflect.hasMetadata(METHOD_METADATA, method));
    return handlers.flatMap((handler) =>
      pathsOf(metatype as Type).flatMap((base) =>
        pathsOf(handler).map((path) => {
          const parts = [base, path].map((part) => part.replaceAll(/^\/+|\/+$/g, '')).filter(Boolean);
          const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!;
          return { method, path: parts.map((part) => `/${part}`).join(''), handler };
        }),
      ),
    );
  });
}

const pathsOf = (target: object) => [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
