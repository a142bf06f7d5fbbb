# The executor behind the AWS Runtime Interface Emulator, for Lambda emulators that invoke a container on port 8080.
ARG EXECUTOR_IMAGE=volley-executor:latest
FROM ${EXECUTOR_IMAGE}
COPY aws-lambda-rie /usr/local/bin/aws-lambda-rie
ENTRYPOINT ["/usr/local/bin/aws-lambda-rie", "node", "/opt/volley/dist/executor.js"]
