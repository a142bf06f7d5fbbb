# The coordinator with the complete command line (`docker run IMAGE sql ...`). See docs/deploy.md.
# The base can be any glibc image with Node 22 or newer and npm. The build stage is identical to the executor image's, so that both
# share its layers.
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
RUN node scripts/images/collect.mjs coordinator /image

FROM ${BASE_IMAGE}
COPY --from=build /image /opt/volley
# The folder for jobs that the command line runs itself. Mount a volume there to keep jobs after the container is removed.
ENV NODE_ENV=production VOLLEY_STATE_DIR=/tmp/volley
USER 65532:65532
WORKDIR /tmp
ENTRYPOINT ["node", "/opt/volley/bin/volley.js"]
CMD ["serve"]
