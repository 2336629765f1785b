.PHONY: help test format
help:
	@echo "make test"
test:
	@./mvnw -B verify
format:
	@./mvnw -q spotless:apply
