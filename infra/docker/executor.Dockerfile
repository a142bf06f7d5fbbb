# An executor: as a Lambda function, under the Runtime Interface Emulator, or as a server. docs/deploy.md says how.
# Any glibc image with Node 22 or newer, and npm for the build, can be the base.
ARG BASE_IMAGE=public.ecr.aws/lambda/nodejs:22

FROM ${BASE_IMAGE} AS build
USER root
WORKDIR /build
# Of the machine that builds, for what `npm ci` downloads; nothing of it is in the image.
ARG NPM_CONFIG_REGISTRY
ARG NODE_EXTRA_CA_CERTS=
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-fund --no-audit
COPY . .
RUN npm run build
RUN node scripts/images/collect.mjs executor /image

FROM ${BASE_IMAGE}
COPY --from=build /image /opt/volley
# As for the executors a server starts (functions/process/executor-program.ts): a process takes its malloc's settings from outside.
ENV GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.trim_threshold=268435456:glibc.malloc.mmap_threshold=33554432:glibc.malloc.top_pad=16777216
ENV NODE_ENV=production VOLLEY_EXECUTOR_HOST=0.0.0.0 VOLLEY_EXECUTOR_PORT=8080
EXPOSE 8080
# A user of no name: nothing in the image is his. Lambda takes one of its own.
USER 65532:65532
WORKDIR /tmp
# The last word keeps what the base had there from being taken for an argument.
ENTRYPOINT ["node", "/opt/volley/dist/executor.js"]
CMD []
