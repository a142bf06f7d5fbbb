# A coordinator, and the whole command line: `docker run IMAGE sql ...`. docs/deploy.md says how.
# Any glibc image with Node 22 or newer, and npm for the build, can be the base. The build is the executor image's, word for word, so that
# its layers are shared.
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
RUN node scripts/images/collect.mjs coordinator /image

FROM ${BASE_IMAGE}
COPY --from=build /image /opt/volley
# Where the command line keeps its own jobs; mount a volume there to keep them longer than the container.
ENV NODE_ENV=production VOLLEY_STATE_DIR=/tmp/volley
USER 65532:65532
WORKDIR /tmp
ENTRYPOINT ["node", "/opt/volley/bin/volley.js"]
CMD ["serve"]
