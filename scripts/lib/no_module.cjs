// Stands in for a library whose part of the Worker's size is measured (scripts/deploy_check.mjs).
module.exports = {};
