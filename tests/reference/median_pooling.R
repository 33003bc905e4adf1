# Pooled medians of survival::lung by institution, written to median_pooling.json.
# Rscript median_pooling.R > median_pooling.json   (R, survival and metafor as Debian ships them)
suppressPackageStartupMessages({library(survival); library(metafor)})

digits <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.15g", x)), collapse = ", "), "]")
number <- function(x) if (is.null(x) || is.na(x)) "null" else sprintf("%.15g", x)

lung <- subset(survival::lung, !is.na(inst))
arms <- lapply(split(lung, lung$inst), function(d) {
  q <- quantile(survfit(Surv(time, status) ~ 1, data = d, conf.type = "log-log"), c(.5, .25))
  c(inst = d$inst[1], n = nrow(d), median = unname(q$quantile[1]), low = unname(q$lower[1]),
    high = unname(q$upper[1]), quartile = unname(q$quantile[2]))
})
arms <- as.data.frame(do.call(rbind, arms))
arms <- subset(arms, !is.na(median) & !is.na(low) & low < median & quartile < median)

z <- qnorm(.975)
sei <- list(
  log = with(arms, ifelse(is.na(high), log(median / low) / z, log(high / low) / (2 * z))),
  identity = with(arms, ifelse(is.na(high), (median - low) / z, (high - low) / (2 * z))))
# Weibull through the quartile and the median: the shape by root finding on pweibull.
shape <- mapply(function(m, q) uniroot(function(k) {
  pweibull(q, k, m / log(2)^(1 / k)) - .25
}, c(.01, 60), tol = 1e-14)$root, arms$median, arms$quartile)
sei$quantile <- with(arms, 1 / (2 * sqrt(n) * dweibull(median, shape, median / log(2)^(1 / shape))) / median)

fits <- list()
add <- function(id, yi, se, ...) {
  f <- rma(yi, sei = se, control = list(threshold = 1e-12 * max(1, yi^2), maxiter = 1000, tol = 1e-12), ...)
  p <- if (f$method == "FE" || f$method == "EE") c(NA, NA) else {
    half <- qt(.975, f$k - 1) * sqrt(f$tau2 + f$se^2)
    c(f$beta - half, f$beta + half)
  }
  fits[[length(fits) + 1]] <<- sprintf(
    '{"id": "%s", "mean": %s, "se": %s, "ci": %s, "prediction": %s, "tau2": %s, "q": %s, "q_p": %s}',
    id, number(f$beta), number(f$se), digits(c(f$ci.lb, f$ci.ub)), digits(p), number(f$tau2),
    number(f$QE), number(f$QEp))
}
for (scale in c("log", "identity")) {
  y <- if (scale == "log") log(arms$median) else arms$median
  for (method in c("REML", "DL", "PM", "ML")) add(paste0(scale, "-", tolower(method)), y, sei[[scale]], method = method)
  add(paste0(scale, "-common"), y, sei[[scale]], method = "EE")
  add(paste0(scale, "-reml-hksj"), y, sei[[scale]], method = "REML", test = "knha")
}
add("quantile-reml", log(arms$median), sei$quantile, method = "REML")

cat(sprintf('{"R": "%s", "packages": {"survival": "%s", "metafor": "%s"},\n', R.version.string,
            packageVersion("survival"), packageVersion("metafor")))
cat('"source": "survival::lung by institution; log-log 95% intervals of the medians, in days",\n')
cat('"calls": "rma(yi, sei=, method=, test=); sei from the interval, (m - low)/z without an upper bound; quantile: dweibull through quartile and median",\n')
cat('"prediction": "t with k-1 df around sqrt(tau2 + se^2), computed from the fit",\n')
for (name in names(arms)) cat(sprintf('"%s": %s,\n', name, digits(arms[[name]])))
cat(sprintf('"sei": {"log": %s,\n "identity": %s,\n "quantile": %s},\n', digits(sei$log),
            digits(sei$identity), digits(sei$quantile)))
cat(sprintf('"fits": [\n%s\n]}\n', paste(unlist(fits), collapse = ",\n")))
