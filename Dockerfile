# clipbot in a container: the page, REST and the embedded database on port 7860. Several of
# them, with PostgreSQL: docker-compose.yml.
#
#   docker build -t clipbot .
#   docker run --rm -p 127.0.0.1:7860:7860 -v clipbot:/data clipbot
#
# As long as nobody has to sign in (CLIPBOT_AUTH=none) it answers to the names of this machine
# only, however the port is published; on Hugging Face (sdk: docker) to the Space's.

FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 clipbot \
    && install --directory --owner=clipbot --group=clipbot /data /shared

WORKDIR /home/clipbot/app

# Packages change rarely, the code often: this layer is built once.
COPY requirements.txt ./
RUN pip install --requirement requirements.txt

COPY --chown=clipbot:clipbot . ./

ENV CLIPBOT_HOME=/data \
    CLIPBOT_CONTAINER=true \
    PORT=7860

USER clipbot
VOLUME /data
EXPOSE 7860

# The first start puts the sample film together, in the background.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-c", \
    "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/health\", timeout=4)"]

# Stopping ends running steps within seconds; they go on elsewhere, or here after the next start.
STOPSIGNAL SIGTERM
CMD ["python", "app.py"]
