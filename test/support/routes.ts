import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { TestApp } from './test-app';

export interface DeclaredRoute {
  readonly method: string;
  /** below the API prefix, such as `/customers/:id/merge` */
  readonly path: string;
  /** carries the metadata of the route's decorators */
  readonly handler: object;
}

/** The routes as their controllers declare them. */
export function routesOf(app: TestApp): DeclaredRoute[] {
  const controllers = [...app.nest.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    const methods = (metatype as Type).prototype as Readonly<Record<string, object>>;
    const handlers = new MetadataScanner() // includes inherited methods
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
