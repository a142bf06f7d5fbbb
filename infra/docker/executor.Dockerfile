# The executor, which runs as a Lambda function, under the Runtime Interface Emulator, or as a server. See docs/deploy.md.
# The base can be any glibc image with Node 22 or newer and npm.
ARG BASE_IMAGE=public.ecr.aws/lambda/nodejs:22

FROM ${BASE_IMAGE} AS build
USER root
WORKDIR /build
# Settings of the build machine for `npm ci`. They do not become part of the image.
ARG NPM_CONFIG_REGISTRY
ARG NODE_EXTRA_CA_CERTS=
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-fund --no-audit
COPY . .
RUN npm run build
RUN node scripts/images/collect.mjs executor /image

FROM ${BASE_IMAGE}
COPY --from=build /image /opt/volley
# The malloc settings that a server sets for its executors (functions/process/executor-program.ts). A process reads them when it starts.
ENV GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.trim_threshold=268435456:glibc.malloc.mmap_threshold=33554432:glibc.malloc.top_pad=16777216
ENV NODE_ENV=production VOLLEY_EXECUTOR_HOST=0.0.0.0 VOLLEY_EXECUTOR_PORT=8080
EXPOSE 8080
# An unnamed user that owns no files in the image. Lambda uses its own user.
USER 65532:65532
WORKDIR /tmp
# CMD [] clears the base image's command, which would otherwise be passed as an argument.
ENTRYPOINT ["node", "/opt/volley/dist/executor.js"]
CMD []
