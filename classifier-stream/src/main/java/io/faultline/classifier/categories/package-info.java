/** Which categories are in force for a queue, as the resources say now. */
package io.faultline.classifier.categories;
