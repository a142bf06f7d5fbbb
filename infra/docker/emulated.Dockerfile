# An executor with AWS's Runtime Interface Emulator in front, for emulators of Lambda that invoke a container on its port 8080.
ARG EXECUTOR_IMAGE=volley-executor:latest
FROM ${EXECUTOR_IMAGE}
COPY aws-lambda-rie /usr/local/bin/aws-lambda-rie
ENTRYPOINT ["/usr/local/bin/aws-lambda-rie", "node", "/opt/volley/dist/executor.js"]
